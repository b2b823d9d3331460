import type { Look } from './sphere';

type Change = (change: (look: Look) => Look) => void;

/** A pixel of the wheel; a notch of most mice is 100 of them, and brings one about a sixth nearer. */
const zoomOf = (px: number) => Math.exp(px / 600);

/** Dragging takes the picture along, two fingers pinch it, the wheel brings it nearer. */
export function gestures(stage: HTMLElement, change: Change): void {
  const pointers = new Map<number, { x: number; y: number }>();

  function onwheel(event: WheelEvent) {
    event.preventDefault();
    const px = event.deltaMode === 1 ? event.deltaY * 30 : event.deltaY;
    change((look) => ({ ...look, fov: look.fov * zoomOf(px) }));
  }

  function onpointerdown(event: PointerEvent) {
    if (event.button !== 0) return;
    stage.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  function onpointermove(event: PointerEvent) {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...pointers].find(([pointer]) => pointer !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (other) {
      const distance = (point: { x: number; y: number }) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      change((look) => ({ ...look, fov: (look.fov * distance(before)) / distance(now) }));
      return;
    }
    change((look) => {
      const degreesPerPx = look.fov / Math.max(1, stage.clientHeight);
      return { ...look, yaw: look.yaw - (now.x - before.x) * degreesPerPx, pitch: look.pitch + (now.y - before.y) * degreesPerPx };
    });
  }

  function onpointerup(event: PointerEvent) {
    pointers.delete(event.pointerId);
  }

  stage.addEventListener('wheel', onwheel, { passive: false });
  stage.addEventListener('pointerdown', onpointerdown);
  stage.addEventListener('pointermove', onpointermove);
  stage.addEventListener('pointerup', onpointerup);
  stage.addEventListener('pointercancel', onpointerup);
}

/** A tenth of what is seen: small enough to aim, ten strokes for a new view. */
const step = 0.1;

const keys: Record<string, (look: Look) => Look> = {
  ArrowLeft: (look) => ({ ...look, yaw: look.yaw - look.fov * step }),
  ArrowRight: (look) => ({ ...look, yaw: look.yaw + look.fov * step }),
  ArrowUp: (look) => ({ ...look, pitch: look.pitch + look.fov * step }),
  ArrowDown: (look) => ({ ...look, pitch: look.pitch - look.fov * step }),
  '+': (look) => ({ ...look, fov: look.fov / 1.15 }),
  '=': (look) => ({ ...look, fov: look.fov / 1.15 }),
  '-': (look) => ({ ...look, fov: look.fov * 1.15 }),
};

/** What a key changes; nothing when it is none of ours. */
export function keyed(key: string): ((look: Look) => Look) | undefined {
  return keys[key];
}
