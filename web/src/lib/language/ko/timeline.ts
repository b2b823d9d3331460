import type { timeline as english } from '../en/timeline';

export const timeline: Record<keyof typeof english, string> = {
  timeline: '타임라인',
  'timeline.empty.title': '타임라인이 여기서 시작됩니다',
  'timeline.empty.text': '사진, 동영상, 폴더를 이 창에 끌어다 놓거나 직접 선택하세요.',
  scrubber: '월로 이동',
  'tile.photo': '사진, {when}',
  'tile.video': '동영상, {when}',
  'tile.processing': '준비 중',
  'tile.failed': '표시할 수 없음',
  selection: '선택 항목',
  'select.one': '{name} 선택',
  'select.day': '{day} 모두 선택',
  'select.none': '선택 해제',
  'select.count': '{count}개 선택됨',
  'favourite.add': '즐겨찾기에 추가',
  'favourite.remove': '즐겨찾기에서 제거',
  'favourite.added': '{count}개를 즐겨찾기에 추가했습니다',
  'favourite.removed': '{count}개를 즐겨찾기에서 제거했습니다',
};
