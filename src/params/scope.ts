/** A scope path: four digits a level. */
export const match = (text: string): boolean => /^(\d{4}){1,10}$/.test(text);
