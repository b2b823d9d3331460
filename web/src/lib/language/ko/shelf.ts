import type { shelf as english } from '../en/shelf';

export const shelf: Record<keyof typeof english, string> = {
  favourites: '즐겨찾기',
  'favourites.empty.title': '아직 즐겨찾기가 없습니다',
  'favourites.empty.text': '사진을 열고 하트를 누르거나 여러 장을 선택해 추가하세요. 여기에 모입니다.',
  archive: '보관함',
  'archive.about': '타임라인에는 보이지 않지만 지워지지 않습니다. 앨범에는 그대로 보입니다.',
  'archive.empty.title': '보관함이 비어 있습니다',
  'archive.empty.text': '스크린샷이나 영수증처럼 자주 보지 않는 사진은 타임라인에서 선택해 보관하면 눈에 띄지 않게 됩니다.',
  'archive.add': '보관',
  'archive.remove': '타임라인으로 되돌리기',
  'archive.added': '{count}개를 보관했습니다',
  'archive.removed': '{count}개를 타임라인으로 되돌렸습니다',
  'shelf.failed': '사진을 불러오지 못했습니다.',
};
