/** What bots are called and what they say: several scripts, so that a pond of bots tests fonts as well. */
export const FIRST_NAMES = [
  "Ada", "Bao", "Chidi", "Dara", "Emil", "Fatma", "Gita", "Hana", "Ivo", "Juno", "Kofi", "Lena", "Milo", "Noor", "Olga",
  "Pia", "Quinn", "Rosa", "Sami", "Tove", "Uma", "Vito", "Wren", "Xia", "Yuki", "Zoe", "小蝌蚪", "さくら", "민준", "ليلى",
];

export const LINES = [
  "hello pond",
  "wiggle wiggle",
  "anyone seen a frog?",
  "which way is the shore?",
  "follow me!",
  "so peaceful here",
  "my tail is longer than yours",
  "brb, growing legs",
  "你好，蝌蚪们！",
  "水很暖和",
  "こんにちは",
  "안녕하세요",
  "مرحبا",
  "🐸🐸🐸",
  "swim, swim, swim",
  "is this the deep end?",
];
