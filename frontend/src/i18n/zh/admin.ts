export default {
  people_title: "人员",
  grants_title: "授权",
  organisations_title: "组织",
  venues_title: "场地",
  settings_title: "设置",
  holidays_title: "节假日",
  plan_title: "方案与指标",
} as const;
