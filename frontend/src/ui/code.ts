// A link as a QR code.

import { encode } from "uqr";

type Code = { size: number; path: string };

/** The code as one path of a square `size` units wide, quiet zone included. */
export function codeOf(link: string): Code {
  const { data, size } = encode(link, { ecc: "M", border: 2 });
  let path = "";
  data.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`;
    }),
  );
  return { size, path };
}
