// The slip of an order as a picture, with the QR code of its link, to keep or to send on.

import { codeOf } from "@/ui/code";

export type Slip = { product: string; title: string; number: string; lines: string[]; link: string };

/** The slip as a PNG. Nothing leaves the browser. */
export async function pictureOf(slip: Slip): Promise<Blob | null> {
  const [width, side, pad] = [720, 420, 48];
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  const family = getComputedStyle(document.body).fontFamily;
  const rows = slip.lines.flatMap((line) => wrapped(pen, line, `28px ${family}`, width - 2 * pad));
  const titles = wrapped(pen, slip.title, `bold 34px ${family}`, width - 2 * pad);
  canvas.width = width;
  canvas.height = 190 + titles.length * 46 + side + rows.length * 42 + pad;
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, width, canvas.height);
  pen.textAlign = "center";
  let y = 70;
  const write = (text: string, font: string, colour: string, height: number) => {
    pen.font = font;
    pen.fillStyle = colour;
    pen.fillText(text, width / 2, y);
    y += height;
  };
  write(slip.product, `bold 30px ${family}`, "#0B6357", 60);
  for (const title of titles) write(title, `bold 34px ${family}`, "#17211F", 46);
  y += 14;
  write(slip.number, `bold 52px ${family}`, "#17211F", 24);
  const code = codeOf(slip.link);
  const unit = Math.floor(side / code.size);
  const left = (width - unit * code.size) / 2;
  pen.save();
  pen.translate(left, y);
  pen.scale(unit, unit);
  pen.fill(new Path2D(code.path));
  pen.restore();
  y += unit * code.size + 36;
  for (const row of rows) write(row, `28px ${family}`, "#46524F", 42);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function wrapped(pen: CanvasRenderingContext2D, text: string, font: string, width: number): string[] {
  pen.font = font;
  const rows: string[] = [];
  let row = "";
  for (const letter of text) {
    if (row && pen.measureText(row + letter).width > width) {
      rows.push(row);
      row = "";
    }
    row += letter;
  }
  return row ? [...rows, row] : rows;
}
