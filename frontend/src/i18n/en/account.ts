export default {
  title: "My account",
  sign_in_title: "Sign in",
  sign_in_text: "You can order without signing in; signed in, you see all your orders.",
  sign_up_title: "Sign up",
  notices_title: "Notices",
  login_missing: "Write your phone number or user name.",
  password_missing: "Write your password.",
  forgot: "If you forgot your password, call your centre; an administrator sets a new one.",
  no_account: "No account yet?",
  privacy_since: "In force since {day} (version {version}).",
} as const;
