/** Words, links and a search: nothing for a script to do. Its texts stay on the server. */
export const csr = false;
