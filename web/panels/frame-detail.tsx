// The chosen frame: what it is, who maps it where and with which rights, and its bytes as they are now.

import type { FrameKind } from "../client/api.ts";
import { frameDetail } from "../store/machine.ts";
import { chooseFrame, chosenPair, selectedFrame, view } from "../store/view.ts";
import { formatAddress, formatHexLine, formatPteBits } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { kindStyles } from "../ui/palette.ts";

const LINES = Array.from({ length: 256 }, (_, line) => line * 16);

/** What is said of a frame that no page-table entry maps, where there is more to say. */
const unmapped: Partial<Record<FrameKind, string>> = {
  free: "Nobody: it is free.",
  "swap-cache":
    "Nobody now. The page has a slot in the swap area too: it was just read from there, or is on its way out.",
};

function showPair(pids: readonly number[]): void {
  const [left, right] = [...new Set(pids)];
  if (left === undefined || right === undefined) return;
  chosenPair.value = [left, right];
  view.value = "sharing";
}

export function FrameDetailPane() {
  const detail = frameDetail.value;
  // Until the machine has answered, what is there is of another frame.
  if (detail === null || detail.pfn !== selectedFrame.value) {
    return (
      <section class="panel detail" aria-label="Chosen frame">
        <p class="about">Choose a frame or a page above to see its mappings and its bytes.</p>
      </section>
    );
  }
  const pids = detail.mappings.map(({ pid }) => pid);
  return (
    <section class="panel detail" aria-label="Chosen frame">
      <header class="panel-head">
        <h2>
          <i class={`swatch ${detail.kind}`} /> Frame {detail.pfn}
        </h2>
        <span class="about">
          {kindStyles[detail.kind].label}
          {detail.owner === "" ? "" : ` · ${detail.owner}`}
          {detail.kind === "file" || detail.kind === "shared"
            ? ` at ${formatAddress(detail.offset)}`
            : ""}
          {` · ${detail.references} ${detail.references === 1 ? "reference" : "references"}`}
        </span>
        <span class="spacer" />
        {new Set(pids).size > 1 && view.value !== "sharing" && (
          <button type="button" onClick={() => showPair(pids)}>
            <Icon name="meet" /> Where they meet
          </button>
        )}
        {view.value !== "frames" && (
          <button type="button" onClick={() => (view.value = "frames")}>
            <Icon name="grid" /> In the grid
          </button>
        )}
        <button type="button" class="bare" aria-label="Close" onClick={() => chooseFrame(-1)}>
          <Icon name="close" />
        </button>
      </header>
      <div class="detail-columns">
        <table class="mappings">
          <thead>
            <tr>
              <th class="number">Pid</th>
              <th>Address</th>
              <th>
                <abbr title="Page-table entry: dirty, accessed, global, user, execute, write, read, valid">
                  PTE
                </abbr>
              </th>
            </tr>
          </thead>
          <tbody>
            {detail.mappings.map(({ pid, address, bits }) => (
              <tr key={`${pid}:${address}`}>
                <td class="number">{pid}</td>
                <td class="mono">{formatAddress(address)}</td>
                <td class="mono">{formatPteBits(bits)}</td>
              </tr>
            ))}
            {detail.mappings.length === 0 && (
              <tr>
                <td colSpan={3} class="about wrapping">
                  {unmapped[detail.kind] ?? "No page-table entry maps it."}
                </td>
              </tr>
            )}
          </tbody>
        </table>
        <pre class="bytes mono" tabIndex={0} aria-label={`Bytes of frame ${detail.pfn}`}>
          {LINES.map((offset) => formatHexLine(detail.bytes, offset)).join("\n")}
        </pre>
      </div>
    </section>
  );
}
