import type { album as english } from '../en/album';

export const album: Record<keyof typeof english, string> = {
  albums: '앨범',
  'albums.empty.title': '아직 앨범이 없습니다',
  'albums.empty.text': '여행, 사람, 한 해의 사진을 모아 보세요. 앨범을 만들거나 타임라인에서 사진을 먼저 선택하세요.',
  'album.new': '새 앨범',
  'album.create': '만들기',
  'album.rename': '이름 바꾸기',
  'album.name': '이름',
  'album.more': '더보기',
  'album.add': '앨범에 추가',
  'album.added': '{count}개를 ‘{name}’ 앨범에 추가했습니다',
  'album.remove': '앨범에서 제거',
  'album.removed': '{count}개를 앨범에서 제거했습니다',
  'album.delete': '앨범 삭제',
  'album.delete.text': '사진은 타임라인에 그대로 남습니다.',
  'album.empty.title': '빈 앨범',
  'album.empty.text': '타임라인에서 사진을 선택한 뒤 ‘앨범에 추가’를 누르세요.',
};
