export const shelf = {
  favourites: 'Favourites',
  'favourites.empty.title': 'No favourites yet',
  'favourites.empty.text': 'Open a picture and press the heart, or select several. They gather here.',
  archive: 'Archive',
  'archive.about': 'Not in the timeline, but kept: albums show them, and they count as yours.',
  'archive.empty.title': 'The archive is empty',
  'archive.empty.text': 'Screenshots, receipts and the like: select them in the timeline and archive them, and they are out of sight.',
  'archive.add': 'Archive',
  'archive.remove': 'Back to the timeline',
  'archive.added': '{count, plural, one {# picture} other {# pictures}} archived',
  'archive.removed': '{count, plural, one {# picture is} other {# pictures are}} back in the timeline',
  'shelf.failed': 'The pictures could not be loaded.',
} as const;
