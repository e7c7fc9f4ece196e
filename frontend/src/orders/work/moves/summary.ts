// The summary that others see, begun from what was ordered: never with a person in it.

import { saySpan } from "@/i18n/dates";
import { t } from "@/i18n";
import type { Order } from "../wire";

/** Digits that may be a telephone number or an identity number, with what separates their groups. */
const NUMBERS = /\d(?:[ -]?\d){6,}/g;
/** 张某某, 王大爷, 李老师: a surname before how people are called. */
const PERSONS =
  /[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马方任袁柳史唐薛雷贺倪汤罗毕郝安常于傅齐康余顾孟黄穆萧尹姚邵汪祁毛狄戴宋庞熊纪项祝董梁杜阮蓝闵季贾路江童郭梅林徐邱骆高夏蔡田樊胡凌霍万卢莫丁邓石崔程龚邢陆翁段侯全班秋仲宫甘祖武符刘景詹龙叶印白赖卓蔺池乔闻党谭申冉尚温柴阎连习艾容向易慎廖庾终居衡步都耿满弘国文寇广阙东欧利越隆师聂关佘](?:大爷|大妈|大娘|大叔|阿姨|奶奶|爷爷|先生|女士|同志|某某?)/g;

export function withoutPersons(text: string): string {
  return text
    .replace(NUMBERS, "")
    .replace(PERSONS, "")
    .replace(/[，,、\s]+$/u, "")
    .replace(/^[，,、\s]+/u, "")
    .replace(/([，,、])[，,、\s]+/gu, "$1")
    .trim();
}

/** Place, title, how many, and when: what a department needs to decide. */
export function beginSummary(
  order: Pick<Order, "title" | "summary" | "attendees" | "windows" | "division_path">,
): string {
  if (order.summary) return order.summary;
  const place = order.division_path.at(-1) ?? "";
  const title = withoutPersons(order.title ?? "");
  const first = order.windows[0];
  return [
    title.includes(place) ? title : `${place}：${title}`,
    t("moves.about_people", { n: order.attendees }),
    first && saySpan(first.from, first.to),
  ]
    .filter(Boolean)
    .join(t("moves.comma"));
}
