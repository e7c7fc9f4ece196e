export default {
  title: "我的账号",
  sign_in_title: "登录",
  sign_in_text: "点单不用登录；登录后能看到自己的全部点单。",
  sign_up_title: "注册",
  notices_title: "消息",
  login_missing: "请写手机号或用户名。",
  password_missing: "请写密码。",
  forgot: "忘了密码，请打电话给您的中心，由管理员重设。",
  no_account: "还没有账号？",
  privacy_since: "从{day}起用这一版（{version}）。",
} as const;
