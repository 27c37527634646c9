// The chosen slot of the swap area: where its bytes are, and whose page they are.

import { SLOT_FREE } from "../client/api.ts";
import { slotDetail, status } from "../store/machine.ts";
import { chooseFrame, chooseSlot, selectedSlot, view } from "../store/view.ts";
import { formatAddress, formatCount } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { slotBytes, slotStyle } from "./slots.ts";

/** Holders that are listed; a page of a thousand processes has a thousand. */
const MOST_HOLDERS = 200;

function showFrame(pfn: number): void {
  view.value = "frames";
  chooseFrame(pfn);
}

export function SlotDetailPane() {
  const detail = slotDetail.value;
  const names = new Map(status.value?.processes.map(({ pid, name }) => [pid, name]));
  // Until the machine has answered, what is there is of another slot.
  const known = detail !== null && detail.slot === selectedSlot.value ? detail : null;
  return (
    <section class="panel detail" aria-label="Chosen slot">
      <header class="panel-head">
        <h2>
          <i class={`swatch slot-${slotStyle(known?.state ?? SLOT_FREE).label}`} /> Slot{" "}
          {selectedSlot.value}
        </h2>
        <span class="about">
          {known !== null && slotStyle(known.state).label}
          {known !== null && known.owner !== "" && ` · ${known.owner}`}
          {known !== null &&
            known.state !== SLOT_FREE &&
            ` · ${known.references} ${known.references === 1 ? "reference" : "references"}`}
        </span>
        <span class="spacer" />
        {view.value !== "frames" && (
          <button type="button" onClick={() => (view.value = "frames")}>
            <Icon name="grid" /> In the grid
          </button>
        )}
        <button type="button" class="bare" aria-label="Close" onClick={() => chooseSlot(-1)}>
          <Icon name="close" />
        </button>
      </header>
      {known !== null && (
        <div class="detail-columns">
          <dl class="facts-of-slot">
            <dt>Bytes</dt>
            <dd>{slotBytes(known)}</dd>
            {known.frame >= 0 && (
              <>
                <dt>Frame</dt>
                <dd>
                  <button
                    type="button"
                    class="link"
                    aria-label={`Show frame ${known.frame}`}
                    onClick={() => showFrame(known.frame)}
                  >
                    {known.frame}
                  </button>{" "}
                  holds the same bytes
                </dd>
              </>
            )}
            {known.owner !== "" && (
              <>
                <dt>Owner</dt>
                <dd>{known.owner}</dd>
              </>
            )}
          </dl>
          <table class="mappings">
            <thead>
              <tr>
                <th class="number">Pid</th>
                <th>Process</th>
                <th>Address</th>
              </tr>
            </thead>
            <tbody>
              {known.holders.slice(0, MOST_HOLDERS).map(({ pid, address }) => (
                <tr key={`${pid}:${address}`}>
                  <td class="number">{pid}</td>
                  <td>{names.get(pid) ?? ""}</td>
                  <td class="mono">{formatAddress(address)}</td>
                </tr>
              ))}
              {known.holders.length > MOST_HOLDERS && (
                <tr>
                  <td colSpan={3} class="about">
                    and {formatCount(known.holders.length - MOST_HOLDERS)} more
                  </td>
                </tr>
              )}
              {known.holders.length === 0 && (
                <tr>
                  <td colSpan={3} class="about wrapping">
                    {known.state === SLOT_FREE
                      ? "Nobody: it is free."
                      : "No page-table entry refers to it."}
                  </td>
                </tr>
              )}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
