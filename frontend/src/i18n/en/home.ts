export default {
  title: "Science comes to you",
} as const;
