export default {
  title: "Orders",
  board_title: "Claim an order",
  calls_title: "Calls to make",
} as const;
