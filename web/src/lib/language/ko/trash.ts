import type { trash as english } from '../en/trash';

export const trash: Record<keyof typeof english, string> = {
  trash: '휴지통',
  'trash.text': '삭제한 사진은 한동안 여기에 있다가 영구 삭제됩니다.',
  'trash.move': '휴지통으로 이동',
  'trash.moved': '{count}개를 휴지통으로 옮겼습니다',
  'trash.restored': '{count}개를 복원했습니다',
  'trash.empty': '휴지통 비우기',
  'trash.delete': '영구 삭제',
  'trash.deleted': '{count}개를 영구 삭제했습니다',
  'trash.confirm.title': '{count}개를 영구 삭제할까요?',
  'trash.confirmAll.title': '휴지통을 모두 비울까요?',
  'trash.confirm.text': '원본도 함께 삭제되며 되돌릴 수 없습니다.',
  'trash.daysLeft': '{count, plural, =0 {오늘} other {#일 남음}}',
  'trash.paused': '{count}개가 영구 삭제되기 전에 확인을 기다리고 있습니다',
  'trash.paused.text': '라이브러리의 많은 부분입니다. 복원하지 않으면 {date}에 삭제됩니다.',
  'trash.paused.confirm': '삭제 허용',
  'trash.paused.confirmed': '이제 영구 삭제할 수 있습니다',
  'trash.undo.trashed': '{count}개 되돌리기',
  'trash.undo.restored': '{count}개 다시 버리기',
  'trash.empty.title': '휴지통이 비어 있습니다',
  'trash.empty.text': '삭제한 사진은 먼저 여기로 옵니다. 실수로 잃어버리는 일이 없습니다.',
};
