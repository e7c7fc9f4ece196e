//! The demo's people: one list, from which they are made and told.

use crate::actor::Role;

/// Everybody's password: known to all, which is why a demo listens on this machine alone.
pub const PASSWORD: &str = "kepu-demo-2026";

/// The county whose people they are.
pub(super) const COUNTY: &str = "230522000000";
/// Its town.
pub(super) const YOUYI: &str = "230522100000";
const FANRONG: &str = "230522100003";
const XINGLONG: &str = "230522101000";
const AILIN: &str = "230522101201";

/// A resident of 繁荣社区, of 爱林村, and of the state farm.
pub(super) const IN_TOWN: &str = "13800005201";
pub(super) const IN_VILLAGE: &str = "13800005202";
pub(super) const ON_FARM: &str = "13800005203";

/// Somebody of the demo.
#[derive(Debug, Clone, Copy)]
pub struct Account {
    /// What they sign in with: a user name, or a phone number.
    pub login: &'static str,
    pub name: &'static str,
    /// Empty: a resident.
    pub role: Option<Role>,
    /// The usual name; empty for residents and for the platform's own roles.
    pub organisation: Option<&'static str>,
    /// Where the organisation sits, or the resident lives; empty for the platform's own roles.
    pub division: Option<&'static str>,
}

const fn at(login: &'static str, name: &'static str, role: Role, organisation: &'static str, division: &'static str) -> Account {
    Account { login, name, role: Some(role), organisation: Some(organisation), division: Some(division) }
}

const fn officer(login: &'static str, name: &'static str, department: &'static str) -> Account {
    at(login, name, Role::Officer, department, COUNTY)
}

const fn resident(phone: &'static str, name: &'static str, division: &'static str) -> Account {
    Account { login: phone, name, role: None, organisation: None, division: Some(division) }
}

const fn platform(login: &'static str, name: &'static str, role: Role) -> Account {
    Account { login, name, role: Some(role), organisation: None, division: None }
}

/// Everybody, in the order in which they are told. 县统计局 and 县气象局 have no officer, so that 代领 can be shown.
pub const ACCOUNTS: &[Account] = &[
    resident(IN_TOWN, "王桂兰", FANRONG),
    resident(IN_VILLAGE, "李长海", AILIN),
    resident(ON_FARM, "赵明", "230522502503"),
    at("dispatcher.county", "陈静", Role::Dispatcher, "友谊县新时代文明实践中心", COUNTY),
    at("scheduler.county", "刘洋", Role::Scheduler, "友谊县新时代文明实践中心", COUNTY),
    at("dispatcher.youyi", "孙丽华", Role::Dispatcher, "友谊镇新时代文明实践所", YOUYI),
    at("scheduler.youyi", "马超", Role::Scheduler, "友谊镇新时代文明实践所", YOUYI),
    at("dispatcher.xinglong", "周文斌", Role::Dispatcher, "兴隆镇新时代文明实践所", XINGLONG),
    at("scheduler.xinglong", "郑晓梅", Role::Scheduler, "兴隆镇新时代文明实践所", XINGLONG),
    at("dispatcher.fanrong", "吴秀芝", Role::Dispatcher, "繁荣社区新时代文明实践站", FANRONG),
    at("scheduler.fanrong", "高明远", Role::Scheduler, "繁荣社区新时代文明实践站", FANRONG),
    at("dispatcher.ailin", "韩立新", Role::Dispatcher, "爱林村新时代文明实践站", AILIN),
    at("scheduler.ailin", "宋玉芬", Role::Scheduler, "爱林村新时代文明实践站", AILIN),
    officer("officer.kexie", "林海燕", "县科协"),
    officer("officer.zuzhibu", "何志强", "县委组织部"),
    officer("officer.xuanchuanbu", "罗敏", "县委宣传部"),
    officer("officer.tongzhanbu", "朴成日", "县委统战部"),
    officer("officer.fagaiwei", "谢东升", "县发改委"),
    officer("officer.jiaotiju", "董雪", "县教育和体育局"),
    officer("officer.jingcuju", "于涛", "县经促局"),
    officer("officer.minzhengju", "姜红梅", "县民政局"),
    officer("officer.caizhengju", "程光", "县财政局"),
    officer("officer.rensheju", "曹颖", "县人社局"),
    officer("officer.ziranziyuanju", "邓立国", "县自然资源局"),
    officer("officer.shengtaihuanjingju", "许春雨", "县生态环境局"),
    officer("officer.jiaotongju", "傅军", "县交通运输局"),
    officer("officer.nongyenongcunju", "沈永福", "县农业农村局"),
    officer("officer.wenguanglvju", "曾琳", "县文化广电和旅游局"),
    officer("officer.weishengjiankangju", "彭佳", "县卫生健康局"),
    officer("officer.yingjiju", "吕刚", "县应急局"),
    officer("officer.shichangjianguanju", "苏文", "县市场监管局"),
    officer("officer.zonggonghui", "卢铁军", "县总工会"),
    officer("officer.tuanxianwei", "蒋一凡", "团县委"),
    officer("officer.fulian", "蔡淑华", "县妇联"),
    at("leader.yiyuan", "贾玉民", Role::Leader, "友谊县人民医院健康科技志愿服务队", YOUYI),
    at("volunteer.yiyuan.1", "丁楠", Role::Volunteer, "友谊县人民医院健康科技志愿服务队", YOUYI),
    at("volunteer.yiyuan.2", "魏小雨", Role::Volunteer, "友谊县人民医院健康科技志愿服务队", YOUYI),
    at("leader.jikong", "薛静波", Role::Leader, "友谊县疾控卫生科技志愿服务队", YOUYI),
    at("volunteer.jikong.1", "叶青", Role::Volunteer, "友谊县疾控卫生科技志愿服务队", YOUYI),
    at("volunteer.jikong.2", "阎磊", Role::Volunteer, "友谊县疾控卫生科技志愿服务队", YOUYI),
    at("leader.yizhong", "余建国", Role::Leader, "友谊县第一中学科学教育科技志愿服务队", YOUYI),
    at("volunteer.yizhong.1", "潘思齐", Role::Volunteer, "友谊县第一中学科学教育科技志愿服务队", YOUYI),
    at("volunteer.yizhong.2", "杜鹃", Role::Volunteer, "友谊县第一中学科学教育科技志愿服务队", YOUYI),
    at("leader.nongji", "戴立春", Role::Leader, "友谊县农技推广科技志愿服务队", YOUYI),
    at("volunteer.nongji.1", "夏禾", Role::Volunteer, "友谊县农技推广科技志愿服务队", YOUYI),
    at("volunteer.nongji.2", "钟大伟", Role::Volunteer, "友谊县农技推广科技志愿服务队", YOUYI),
    at("leader.tushuguan", "汪晴", Role::Leader, "友谊县图书馆智慧助老科技志愿服务队", YOUYI),
    at("volunteer.tushuguan.1", "田甜", Role::Volunteer, "友谊县图书馆智慧助老科技志愿服务队", YOUYI),
    at("volunteer.tushuguan.2", "任浩", Role::Volunteer, "友谊县图书馆智慧助老科技志愿服务队", YOUYI),
    at("leader.wenhuaguan", "姜涛", Role::Leader, "友谊县文化馆科普创作科技志愿服务队", YOUYI),
    at("volunteer.wenhuaguan.1", "范晓光", Role::Volunteer, "友谊县文化馆科普创作科技志愿服务队", YOUYI),
    at("volunteer.wenhuaguan.2", "方芳", Role::Volunteer, "友谊县文化馆科普创作科技志愿服务队", YOUYI),
    at("leader.laokexie", "石振山", Role::Leader, "友谊县老科协老专家科技志愿服务队", YOUYI),
    at("volunteer.laokexie.1", "姚秉义", Role::Volunteer, "友谊县老科协老专家科技志愿服务队", YOUYI),
    at("volunteer.laokexie.2", "谭淑贤", Role::Volunteer, "友谊县老科协老专家科技志愿服务队", YOUYI),
    at("leader.xiaofang", "廖勇", Role::Leader, "友谊县消防防灾避险科技志愿服务队", YOUYI),
    at("volunteer.xiaofang.1", "邹凯", Role::Volunteer, "友谊县消防防灾避险科技志愿服务队", YOUYI),
    at("volunteer.xiaofang.2", "熊飞", Role::Volunteer, "友谊县消防防灾避险科技志愿服务队", YOUYI),
    at("leader.xinglong", "金凤", Role::Leader, "兴隆镇乡村健康科技志愿服务队", XINGLONG),
    at("volunteer.xinglong.1", "陆洋", Role::Volunteer, "兴隆镇乡村健康科技志愿服务队", XINGLONG),
    at("volunteer.xinglong.2", "郝美玲", Role::Volunteer, "兴隆镇乡村健康科技志愿服务队", XINGLONG),
    at("leader.chengfu", "金哲洙", Role::Leader, "成富乡水稻种植科技志愿服务队", "230522206000"),
    at("volunteer.chengfu.1", "崔永男", Role::Volunteer, "成富乡水稻种植科技志愿服务队", "230522206000"),
    at("volunteer.chengfu.2", "关小满", Role::Volunteer, "成富乡水稻种植科技志愿服务队", "230522206000"),
    at("supervisor.county", "毛振华", Role::Supervisor, "县科协", COUNTY),
    at("auditor.county", "邱实", Role::Auditor, "县科协", COUNTY),
    platform("system.admin", "秦系安", Role::SystemAdministrator),
    platform("security.admin.1", "江守正", Role::SecurityAdministrator),
    platform("security.admin.2", "史公明", Role::SecurityAdministrator),
];
