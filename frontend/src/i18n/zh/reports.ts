export default {
  title: "全县进展",
  unmet_title: "未能承接",
  plan_title: "方案进展",
} as const;
