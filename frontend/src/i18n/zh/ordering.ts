export default {
  title: "请一场科普活动",
  done_title: "已经收到",
} as const;
