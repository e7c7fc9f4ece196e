export default {
  track_title: "Follow an order",
  order_title: "My order",
  mine_title: "My orders",
} as const;
