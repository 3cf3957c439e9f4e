// A classic script in <head>: it runs before the first paint, so that a chosen theme never flashes.
(() => {
  try {
    const theme = localStorage.getItem('carillon.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is off: the system's scheme applies.
  }
})();
