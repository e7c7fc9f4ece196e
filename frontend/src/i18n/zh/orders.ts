export default {
  track_title: "查进度",
  order_title: "我的点单",
  mine_title: "我的点单",
} as const;
