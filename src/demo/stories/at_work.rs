//! 待接单, 已接单 and 已排期: what departments and teams have in hand.

use super::{
    A, AILIN, CHENGFU, Channel, D, DONGJIAN, FANRONG, FARM, HOUSHI, IN_TOWN, IN_VILLAGE, KANGLE, LIHUA, ON_FARM, PINGAN, STORY, Step, Story, XUEFU, ago, day,
};
use crate::orders::needs::PostponeReason;

const YIYUAN: &str = "友谊县人民医院健康科技志愿服务队";
const JIKONG: &str = "友谊县疾控卫生科技志愿服务队";
const YIZHONG: &str = "友谊县第一中学科学教育科技志愿服务队";
const NONGJI: &str = "友谊县农技推广科技志愿服务队";
const TUSHUGUAN: &str = "友谊县图书馆智慧助老科技志愿服务队";
const LAOKEXIE: &str = "友谊县老科协老专家科技志愿服务队";
const XIAOFANG: &str = "友谊县消防防灾避险科技志愿服务队";
const CHENGFU_TEAM: &str = "成富乡水稻种植科技志愿服务队";

pub(super) const STORIES: &[Story] = &[
    Story {
        key: "fake-voice",
        title: "有人用假声音冒充孙子借钱",
        details: "有人冒充大孙子打电话借钱，声音一模一样，说是人工智能弄的，老人们都慌了。请来讲讲咋认",
        audience: A::Elderly,
        attendees: 50,
        place: KANGLE,
        address: "康乐社区二楼",
        contact: ("康乐社区网格员", "13800006201"),
        windows: &[(7, 9, 11), (8, 9, 11)],
        submitted: day(2, 10, 0),
        then: &[
            Step(day(2, 10, 40), "dispatcher.youyi", D::Dispatch("县民政局", &["县委宣传部", "县科协"], "A4.1", "老年人防人工智能仿声诈骗，约50人，上午")),
            Step(day(1, 9, 0), "officer.minzhengju", D::Accept),
        ],
        ..STORY
    },
    Story {
        key: "blood-pressure",
        title: "高血压用药讲座",
        details: "村里高血压的多，药是东家问西家吃，有的好了就停。请大夫来讲讲，最好给量量",
        audience: A::Elderly,
        attendees: 45,
        place: AILIN,
        address: "爱林村卫生室",
        contact: ("李长海", IN_VILLAGE),
        windows: &[(8, 9, 11), (9, 9, 11)],
        submitted: day(2, 8, 30),
        by: IN_VILLAGE,
        then: &[
            Step(day(2, 9, 10), "dispatcher.ailin", D::Dispatch("县卫生健康局", &[], "A4.2", "村民高血压用药讲座并现场测压，约45人，上午")),
            Step(ago(180), "officer.weishengjiankangju", D::AcceptFor(YIYUAN)),
        ],
        ..STORY
    },
    Story {
        key: "volcano",
        title: "给三年级做一回火山爆发实验",
        details: "三年级的娃娃天天问火山咋喷的，老师是语文老师兼的科学，实验不敢做",
        audience: A::Children,
        attendees: 42,
        place: LIHUA,
        address: "利华村小学",
        contact: ("利华小学沈老师", "13800006202"),
        windows: &[(9, 13, 15)],
        submitted: day(4, 13, 0),
        then: &[
            Step(day(4, 15, 0), "dispatcher.xinglong", D::Dispatch("县教育和体育局", &["县科协"], "A1.3", "小学三年级科学实验课，42名学生，下午")),
            Step(day(3, 9, 0), "officer.jiaotiju", D::AcceptFor(YIZHONG)),
            Step(day(3, 17, 0), "leader.yizhong", D::Decline),
        ],
        ..STORY
    },
    Story {
        key: "when-to-plough",
        title: "啥时候能开犁，地温听谁的",
        details: "年年开犁听村东头老韩的，去年早了烂种。请气象上的人来讲讲地温咋量咋看",
        audience: A::Farmers,
        attendees: 38,
        place: DONGJIAN,
        address: "东建村村部",
        contact: ("村支书老马", "13800006203"),
        windows: &[(16, 9, 11)],
        submitted: day(6, 8, 20),
        channel: Channel::Phone,
        then: &[
            Step(day(6, 9, 0), "dispatcher.county", D::Dispatch("县气象局", &["县农业农村局"], "A2.3", "春耕地温观测与适播期讲座，约38名农户")),
            Step(day(2, 10, 0), "officer.kexie", D::Accept),
        ],
        ..STORY
    },
    Story {
        key: "phone-tuesdays",
        title: "每周二一个钟头的手机课",
        details: "想开每周二一个钟头的手机课，来六七十岁的，教员一个人不够，最好配俩学生帮着按",
        audience: A::Elderly,
        attendees: 30,
        place: PINGAN,
        address: "平安村村部",
        contact: ("平安村文书", "13800006204"),
        windows: &[(12, 9, 10), (17, 9, 10)],
        submitted: day(9, 9, 0),
        then: &[
            Step(day(9, 9, 40), "dispatcher.xinglong", D::Dispatch("县民政局", &["县科协", "团县委"], "A4.1", "老年人手机课，每周一次，约30人，需助教")),
            Step(day(8, 14, 0), "officer.minzhengju", D::Accept),
        ],
        ..STORY
    },
    Story {
        key: "knees",
        title: "广场舞咋跳不伤膝盖",
        details: "广场舞阿姨们膝盖都疼，请骨科大夫来讲讲咋跳不伤腿",
        audience: A::Elderly,
        attendees: 35,
        place: FANRONG,
        address: "繁荣社区小广场",
        contact: ("领舞张姐", "13800006205"),
        windows: &[(11, 15, 17)],
        submitted: day(6, 16, 0),
        then: &[
            Step(day(5, 8, 30), "dispatcher.fanrong", D::Dispatch("县卫生健康局", &[], "A4.2", "中老年健身护膝讲座，约35人，下午")),
            Step(day(5, 10, 0), "officer.weishengjiankangju", D::AcceptFor(YIYUAN)),
        ],
        ..STORY
    },
    Story {
        key: "drone-licence",
        title: "植保飞机没人有证，想单开一个班",
        details: "合作社今年自己买了三架植保飞机，就是没人有证，上回监管的来说没证不让飞。农闲时候单开一个班就行，吃住我们自己解决",
        audience: A::Farmers,
        attendees: 24,
        place: AILIN,
        address: "爱林村农机合作社",
        contact: ("李长海", IN_VILLAGE),
        windows: &[(9, 8, 16), (10, 8, 16)],
        submitted: day(5, 9, 30),
        by: IN_VILLAGE,
        then: &[
            Step(day(5, 10, 10), "dispatcher.ailin", D::Dispatch("县农业农村局", &["县科协"], "A2.2", "合作社植保无人机培训，24人，农闲期两整天")),
            Step(day(4, 9, 0), "officer.nongyenongcunju", D::Accept),
            Step(day(2, 14, 0), "leader.nongji", D::Claim(NONGJI)),
            Step(day(1, 9, 0), "scheduler.xinglong", D::Propose(&[(9, 8, 30, 420, "兴隆镇新时代文明实践所大讲堂"), (10, 8, 30, 420, "")])),
            Step(day(1, 15, 0), IN_VILLAGE, D::Propose(&[(10, 8, 30, 420, "")])),
        ],
        ..STORY
    },
    Story {
        key: "rice-korean",
        title: "朝语讲水稻旱育苗",
        details: "屯里老人听不惯汉话，想请能说朝鲜语的来讲旱育苗和防立枯病",
        audience: A::Farmers,
        attendees: 28,
        place: CHENGFU,
        address: "大成富村老年活动室",
        contact: ("崔奶奶", "13800006206"),
        windows: &[(13, 9, 11)],
        submitted: day(8, 9, 0),
        channel: Channel::Visit,
        then: &[
            Step(day(8, 10, 0), "dispatcher.county", D::Dispatch("县农业农村局", &["县委统战部"], "A2.4", "水稻旱育苗讲座，用朝鲜语，约28人")),
            Step(day(7, 9, 0), "officer.nongyenongcunju", D::AcceptFor(CHENGFU_TEAM)),
            Step(day(6, 8, 30), "leader.chengfu", D::Claim(CHENGFU_TEAM)),
        ],
        ..STORY
    },
    Story {
        key: "old-scientists",
        title: "老科技工作者的经验想记下来",
        details: "我们老科技工作者想办个小刊物，把几十年经验记下来，谁给出点主意，讲讲咋编",
        audience: A::Elderly,
        attendees: 18,
        place: XUEFU,
        address: "学府社区活动室",
        contact: ("退休农艺师老顾", "13800006207"),
        windows: &[(10, 14, 16)],
        submitted: day(6, 10, 0),
        then: &[
            Step(day(6, 11, 0), "dispatcher.youyi", D::Dispatch("县科协", &[], "A4.4", "老科技工作者编写刊物辅导，约18人，下午")),
            Step(day(5, 9, 0), "officer.kexie", D::Accept),
            Step(day(4, 9, 0), "leader.wenhuaguan", D::Claim("友谊县文化馆科普创作科技志愿服务队")),
            Step(day(3, 9, 0), "leader.wenhuaguan", D::Release("队里编辑去省里学习，半个月回不来")),
            Step(day(1, 14, 0), "leader.laokexie", D::Claim(LAOKEXIE)),
        ],
        ..STORY
    },
    Story {
        key: "wechat-pay",
        title: "七十了，想学明白微信付款",
        details: "七十了，微信付款总输错密码，怕点着啥把钱弄没了，想学个明白",
        audience: A::Elderly,
        attendees: 20,
        place: FANRONG,
        address: "繁荣社区活动室",
        contact: ("王桂兰", IN_TOWN),
        windows: &[(2, 9, 11), (3, 9, 11)],
        submitted: day(6, 8, 40),
        by: IN_TOWN,
        then: &[
            Step(day(6, 9, 30), "dispatcher.fanrong", D::Dispatch("县民政局", &["县科协"], "A4.1", "老年人移动支付一对一辅导，约20人，上午")),
            Step(day(5, 9, 0), "officer.minzhengju", D::AcceptFor(TUSHUGUAN)),
            Step(day(5, 15, 0), "leader.tushuguan", D::Claim(TUSHUGUAN)),
            Step(day(4, 9, 0), "leader.tushuguan", D::Schedule(&[(2, 9, 0, 120, "")])),
            Step(day(2, 10, 0), "leader.tushuguan", D::RevealContact("约定到场路线")),
        ],
        ..STORY
    },
    Story {
        key: "science-news",
        title: "科学新闻咋采咋写",
        details: "新来的几个记者写农业和健康的稿子老闹笑话，上回把毫克写成克。想请一位老师来讲讲数字咋核，半天就够",
        attendees: 16,
        place: XUEFU,
        address: "县融媒体中心",
        contact: ("融媒体值班主任", "13800006208"),
        windows: &[(4, 9, 12)],
        submitted: day(8, 14, 0),
        then: &[
            Step(day(7, 9, 0), "dispatcher.youyi", D::Dispatch("县委宣传部", &["县科协"], "P2.2", "记者科学新闻采写培训，16人，半天")),
            Step(day(6, 9, 0), "officer.xuanchuanbu", D::Accept),
            Step(day(5, 9, 0), "leader.laokexie", D::Claim(LAOKEXIE)),
            Step(day(3, 9, 0), "leader.laokexie", D::Schedule(&[(4, 9, 0, 150, "县图书馆报告厅")])),
        ],
        ..STORY
    },
    Story {
        key: "frontier-talks",
        title: "党校想听量子和生物育种",
        details: "秋季班还差两节，量子、生物育种这类前沿的，有没有老师能讲给外行听",
        audience: A::Officials,
        attendees: 150,
        place: "230522100000",
        address: "县委党校",
        contact: ("党校教务科", "13800006209"),
        windows: &[(3, 14, 17), (8, 14, 17)],
        submitted: day(10, 9, 0),
        channel: Channel::Phone,
        then: &[
            Step(day(10, 9, 30), "dispatcher.youyi", D::Dispatch("县委组织部", &["县科协"], "A5.2", "党校前沿科技讲座两讲，约150名学员，下午")),
            Step(day(9, 10, 0), "officer.zuzhibu", D::Accept),
            Step(day(8, 9, 0), "leader.yizhong", D::Claim(YIZHONG)),
            Step(
                day(6, 9, 0),
                "leader.yizhong",
                D::Schedule(&[(3, 14, 0, 120, "县新时代文明实践中心多功能厅"), (8, 14, 0, 120, "县新时代文明实践中心多功能厅")]),
            ),
            Step(day(6, 15, 0), "scheduler.county", D::ConfirmVenues),
        ],
        ..STORY
    },
    Story {
        key: "snowed-in",
        title: "暴雪断电咋取暖，请来讲讲",
        details: "去年暴雪封路屯里断电一天，老人冷得不行。请人来讲讲断电咋取暖、煤烟咋防",
        audience: A::Farmers,
        attendees: 55,
        place: HOUSHI,
        address: "猴石村村部",
        contact: ("猴石村妇女主任", "13800006210"),
        windows: &[(5, 9, 11)],
        submitted: day(9, 8, 30),
        then: &[
            Step(day(9, 9, 0), "dispatcher.xinglong", D::Dispatch("县应急局", &["县气象局"], "P4.1", "农村断电取暖与防煤气中毒，约55人，上午")),
            Step(day(8, 9, 0), "officer.yingjiju", D::AcceptFor(XIAOFANG)),
            Step(day(7, 10, 0), "leader.xiaofang", D::Claim(XIAOFANG)),
            Step(day(6, 9, 0), "leader.xiaofang", D::Schedule(&[(-1, 9, 0, 120, "")])),
            Step(day(2, 16, 0), "leader.xiaofang", D::Postpone(PostponeReason::Weather, "大雪封路，车进不去")),
            Step(day(1, 9, 0), "leader.xiaofang", D::Schedule(&[(5, 9, 0, 120, "")])),
        ],
        ..STORY
    },
    Story {
        key: "farm-breeding",
        title: "农场青年想听育种专家讲课",
        details: "管理区新来一批年轻人，想请搞育种的讲讲种子是咋选出来的，能下地看看更好",
        audience: A::Youth,
        attendees: 32,
        place: FARM,
        address: "第三管理区试验地",
        contact: ("赵明", ON_FARM),
        windows: &[(6, 9, 12)],
        submitted: day(7, 8, 30),
        by: ON_FARM,
        then: &[
            Step(day(7, 9, 30), "dispatcher.county", D::Dispatch("县农业农村局", &["团县委"], "A2.3", "青年职工作物育种讲座与田间参观，约32人，上午")),
            Step(day(6, 9, 0), "officer.nongyenongcunju", D::Accept),
            Step(day(5, 14, 0), "leader.laokexie", D::Claim(LAOKEXIE)),
            Step(day(4, 9, 0), "leader.laokexie", D::Schedule(&[(6, 9, 0, 150, "")])),
        ],
        ..STORY
    },
    Story {
        key: "cat-scratch",
        title: "被猫狗挠了到底打不打针",
        details: "家长群里天天吵，学校想请疾控的统一讲一回",
        attendees: 85,
        place: KANGLE,
        address: "康乐社区小学",
        contact: ("康乐小学教导处", "13800006211"),
        windows: &[(-1, 15, 17)],
        submitted: day(8, 9, 0),
        then: &[
            Step(day(8, 10, 0), "dispatcher.youyi", D::Dispatch("县卫生健康局", &["县教育和体育局"], "A1.3", "小学家长狂犬病预防讲座，约85人，下午放学后")),
            Step(day(7, 9, 0), "officer.weishengjiankangju", D::AcceptFor(JIKONG)),
            Step(day(6, 9, 0), "leader.jikong", D::Claim(JIKONG)),
            Step(day(5, 9, 0), "leader.jikong", D::Schedule(&[(-1, 15, 30, 60, "")])),
        ],
        ..STORY
    },
    Story {
        key: "sawmill-noise",
        title: "木材厂噪音大，职业病咋防",
        details: "木材加工厂噪音大锯末多，耳朵都背了，职业病咋防来讲讲",
        audience: A::Workers,
        attendees: 46,
        place: PINGAN,
        address: "平安村木材加工厂",
        contact: ("厂工会小组长", "13800006212"),
        windows: &[(-6, 13, 15)],
        submitted: day(15, 9, 0),
        then: &[
            Step(
                day(15, 10, 0),
                "dispatcher.xinglong",
                D::Dispatch("县总工会", &["县卫生健康局", "县应急局"], "A3.3", "木材加工企业职业病防护，约46名工人，午后"),
            ),
            Step(day(14, 9, 0), "officer.zonggonghui", D::Accept),
            Step(day(13, 9, 0), "leader.xinglong", D::Claim("兴隆镇乡村健康科技志愿服务队")),
            Step(day(11, 9, 0), "leader.xinglong", D::Schedule(&[(-6, 13, 0, 90, "")])),
        ],
        ..STORY
    },
];
