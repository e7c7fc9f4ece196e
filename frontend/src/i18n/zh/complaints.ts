export default {
  title: "投诉与建议",
  one_title: "我的投诉",
  list_title: "投诉",
} as const;
