/**
 * Keeps what lies at the bottom above a phone's keyboard where the browser lays the keyboard over the page instead of
 * making the page smaller (Safari on iOS): tells the style sheet how much of the bottom is covered.
 */
export function followScreenKeyboard(root: HTMLElement): void {
  const viewport = window.visualViewport;
  if (viewport === null) return;
  const follow = () => {
    // Who zooms in with two fingers sees less of the page for another reason.
    const covered = viewport.scale > 1.01 ? 0 : window.innerHeight - viewport.offsetTop - viewport.height;
    root.style.setProperty("--keyboard", `${Math.max(0, Math.round(covered))}px`);
  };
  viewport.addEventListener("resize", follow);
  viewport.addEventListener("scroll", follow);
}
