/** Text encodings in which lists arrive; nothing is guessed, only named. */
export const importEncodings = ['utf-8', 'gb18030', 'utf-16le'] as const;
export type ImportEncoding = (typeof importEncodings)[number];
