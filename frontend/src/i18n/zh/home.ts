export default {
  title: "科普服务，您点我送",
} as const;
