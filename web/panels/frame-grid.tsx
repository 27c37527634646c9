// All of RAM, a cell a frame.

import { useState } from "preact/hooks";
import { flashes, grid } from "../store/grids.ts";
import { chooseFrame, colouring, selectedFrame } from "../store/view.ts";
import { CellGrid } from "./cell-grid.tsx";
import { describeFrame } from "./describe.ts";
import { fitGrid, type GridGeometry } from "./grid-geometry.ts";
import { paintFrames } from "./grid-paint.ts";

export function FrameGridView() {
  const [geometry, setGeometry] = useState<GridGeometry | null>(null);
  const [hovered, setHovered] = useState(-1);
  const seen = grid.value;
  const selected = selectedFrame.value;
  const bursts = flashes.value.frames;
  if (seen === null) return null;
  const count = seen.kind.length;
  const spoken = hovered >= 0 ? hovered : selected;
  return (
    <>
      <CellGrid
        count={count}
        label="Frames of RAM; the arrow keys move from frame to frame"
        name="frame"
        layer="cells"
        geometry={geometry}
        fit={(width, height) => fitGrid(count, width, height)}
        onGeometry={setGeometry}
        chosen={selected}
        onChoose={chooseFrame}
        onHover={setHovered}
        paint={(canvas) =>
          paintFrames(canvas, {
            grid: seen,
            colouring: colouring.value,
            selected,
            hovered,
            bursts,
          })
        }
      />
      <p class="readout" id="frame-readout" aria-live="polite">
        {spoken >= 0 && spoken < count
          ? describeFrame(seen, spoken)
          : "Each cell is a frame of 4 KiB. Choose one to see who maps it."}
      </p>
    </>
  );
}
