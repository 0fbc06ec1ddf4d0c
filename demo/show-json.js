// Stands for the host's own script: shows what its form would send.
document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const lines = [];
  for (const [name, value] of new FormData(event.target)) lines.push(`${name} = ${value}`);
  document.querySelector('#sent').textContent = lines.join('\n');
});
