/** The states of an order (design, section 4). */
export default {
  submitted: "待派单",
  dispatched: "待领单",
  accepted: "待接单",
  claimed: "已接单",
  scheduled: "已排期",
  fulfilled: "已完成",
  disputed: "有异议",
  closed: "已办结",
  rejected: "不予受理",
  withdrawn: "已撤单",
  merged: "已并单",
  unmet: "未能承接",
} as const;
