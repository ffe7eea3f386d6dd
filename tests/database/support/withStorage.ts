// The library decides about its store of files when it is loaded: on under a test runner, else only when asked. Import this first.
process.env.EXPERIMENTAL_STORAGE = '1';
