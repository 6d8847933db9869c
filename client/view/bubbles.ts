/**
 * Spoken words beside the heads of their speakers, newest nearest. At most 48, the oldest give way. Each bubble owns
 * its texture from the moment it is first on the screen until it fades. A bubble changes to the other side of its
 * speaker when a newer one, or the edge of the screen, is in its place and the other side is free.
 */

import { Container, Sprite, type Texture } from "pixi.js";
import { lookOf } from "../entity-look.ts";
import type { Replica } from "../sync/index.ts";
import { bubbleTexture, destroyTexture, MARGIN } from "./bubble-texture.ts";
import type { Camera } from "./camera.ts";
import type { BubbleTone } from "./ink.ts";
import type { TagGrid } from "./tag-grid.ts";

const BUBBLES_MAX = 48;
/** 300 frames of the original; long words stay longer, because they take longer to read. */
const LIFE_MS = 9000;
const LIFE_MS_PER_CHARACTER = 90;
const FADE_MS = 600;
const POP_MS = 140;
/** From the head's middle to the bubble's near edge, world units. */
const BESIDE = 8;
const GAP = -2;
/** The same words told in two ways (an entity's last words, an event) within this time are one bubble. */
const SAME_MS = 1500;

export interface Words {
  readonly speakerId: number;
  readonly text: string;
  readonly tone: BubbleTone;
  /** When they were said, on the clock of `update`. */
  readonly saidMs: number;
}

export interface BubblesOptions {
  readonly calm: boolean;
  readonly resolution: number;
  /** What is taken of the screen in this frame. */
  readonly grid: TagGrid;
  /** Whom the player does not want to hear: asked for each bubble in each frame. */
  readonly isMuted: (id: number) => boolean;
}

interface Bubble {
  readonly words: Words;
  sprite: Sprite | undefined;
  isLeft: boolean;
}

export class Bubbles {
  readonly #replica: Replica;
  readonly #camera: Camera;
  readonly #options: BubblesOptions;
  readonly container = new Container();
  /** Oldest first. */
  #bubbles: Bubble[] = [];
  /** By slot: how far up the next bubble of this speaker starts in this frame, CSS pixels. */
  readonly #stacked: Float32Array;
  /** By slot: 1 if the bubbles of this speaker are on the left in this frame. */
  readonly #isLeft: Uint8Array;

  constructor(replica: Replica, camera: Camera, options: BubblesOptions) {
    this.#replica = replica;
    this.#camera = camera;
    this.#options = options;
    this.#stacked = new Float32Array(replica.slotCount);
    this.#isLeft = new Uint8Array(replica.slotCount);
  }

  /**
   * Words that are already shown only move to the front: events tell the order, an entity's last words do not. Words
   * that have faded are refused.
   */
  say(words: Words, nowMs: number): void {
    if (nowMs - words.saidMs > lifeMs(words)) return;
    const shown = this.#bubbles.findIndex((bubble) => isSame(bubble.words, words));
    const bubble = shown < 0 ? { words, sprite: undefined, isLeft: false } : this.#bubbles.splice(shown, 1)[0];
    this.#bubbles.push(bubble);
    if (this.#bubbles.length > BUBBLES_MAX) this.#drop(this.#bubbles.splice(0, 1)[0]);
  }

  update(nowMs: number, opacity: Float32Array): void {
    this.#removeFaded(nowMs);
    this.#stacked.fill(0);
    for (let i = this.#bubbles.length - 1; i >= 0; i--) this.#place(this.#bubbles[i], nowMs, opacity);
  }

  /** Bubbles that have not faded, on the screen or not. */
  get count(): number {
    return this.#bubbles.length;
  }

  destroy(): void {
    for (const bubble of this.#bubbles) this.#drop(bubble);
    this.#bubbles = [];
    this.container.destroy({ children: true });
  }

  #place(bubble: Bubble, nowMs: number, opacity: Float32Array): void {
    const replica = this.#replica;
    const camera = this.#camera;
    const stacked = this.#stacked;
    const { speakerId } = bubble.words;
    const slot = replica.slotOfId(speakerId);
    const { isMuted } = this.#options;
    if (
      isMuted(speakerId) ||
      !replica.isVisible(slot) ||
      !camera.isOnScreen(replica.drawX[slot], replica.drawY[slot])
    ) {
      if (bubble.sprite !== undefined) bubble.sprite.visible = false;
      return;
    }
    bubble.sprite ??= this.#show(bubble.words, slot);
    const { sprite } = bubble;
    const ageMs = nowMs - bubble.words.saidMs;
    const bottom = camera.screenY(replica.drawY[slot]) - BESIDE * camera.zoom * 0.4 - stacked[slot];
    const top = Math.max(bottom - sprite.height, 2);
    if (stacked[slot] > 0) bubble.isLeft = this.#isLeft[slot] === 1;
    else this.#chooseSide(bubble, sprite, slot, top);
    this.#isLeft[slot] = bubble.isLeft ? 1 : 0;
    const { width, height } = sprite;
    const left = camera.keepOnScreen(this.#left(bubble.isLeft, width, slot), width);
    this.#options.grid.block(left + MARGIN, top + MARGIN, width - 2 * MARGIN, height - 2 * MARGIN);
    const rise = this.#options.calm ? 0 : Math.max(0, 1 - ageMs / POP_MS) * 6;
    sprite.position.set(Math.round(left), Math.round(top + rise));
    sprite.alpha =
      Math.min(1, (lifeMs(bubble.words) - ageMs) / FADE_MS, Math.max(0.3, ageMs / POP_MS)) *
      Math.max(opacity[slot], 0.8);
    sprite.visible = true;
    stacked[slot] += height + GAP;
  }

  /** Stays where it is unless that place is taken or beyond the edge, and the other one is better. */
  #chooseSide(bubble: Bubble, sprite: Sprite, slot: number, top: number): void {
    if (this.#fits(bubble.isLeft, sprite, slot, top)) return;
    if (this.#fits(!bubble.isLeft, sprite, slot, top)) bubble.isLeft = !bubble.isLeft;
    else bubble.isLeft = this.#left(false, sprite.width, slot) + sprite.width > this.#camera.width;
  }

  #fits(isLeft: boolean, { width, height }: Sprite, slot: number, top: number): boolean {
    const left = this.#left(isLeft, width, slot);
    const isOnScreen = left >= 0 && left + width <= this.#camera.width;
    return (
      isOnScreen && this.#options.grid.isFree(left + MARGIN, top + MARGIN, width - 2 * MARGIN, height - 2 * MARGIN)
    );
  }

  /** The left edge of a bubble on one side of its speaker's head; it may be off the screen. */
  #left(isLeft: boolean, width: number, slot: number): number {
    const x = this.#camera.screenX(this.#replica.drawX[slot]);
    const beside = BESIDE * this.#camera.zoom;
    return isLeft ? x - beside - width : x + beside;
  }

  #show({ text, tone }: Words, slot: number): Sprite {
    const colour = lookOf(this.#replica.entity(slot))?.colour ?? 0xffffff;
    const sprite = new Sprite(bubbleTexture({ text, tone, colour }, this.#options.resolution));
    this.container.addChild(sprite);
    return sprite;
  }

  #removeFaded(nowMs: number): void {
    for (let i = this.#bubbles.length - 1; i >= 0; i--) {
      const { words } = this.#bubbles[i];
      if (nowMs - words.saidMs > lifeMs(words)) this.#drop(this.#bubbles.splice(i, 1)[0]);
    }
  }

  #drop({ sprite }: Bubble): void {
    if (sprite === undefined) return;
    const texture: Texture = sprite.texture;
    sprite.destroy();
    destroyTexture(texture);
  }
}

function lifeMs({ text }: Words): number {
  return Math.max(LIFE_MS, text.length * LIFE_MS_PER_CHARACTER);
}

function isSame(a: Words, b: Words): boolean {
  return a.speakerId === b.speakerId && a.text === b.text && Math.abs(a.saidMs - b.saidMs) < SAME_MS;
}
