/** Prints one picture and nothing else of the page. `print.css` hides the rest meanwhile. */

export async function printPicture(url: string): Promise<void> {
  const sheet = document.createElement('div');
  sheet.className = 'cetak-tiket';
  const picture = new Image();
  picture.alt = '';
  picture.src = url;
  sheet.append(picture);
  document.body.append(sheet);
  try {
    await picture.decode();
    window.print();
  } finally {
    sheet.remove();
  }
}
