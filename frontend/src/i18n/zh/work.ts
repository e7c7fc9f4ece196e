export default {
  title: "工单",
  board_title: "接单",
  calls_title: "待打电话",
} as const;
