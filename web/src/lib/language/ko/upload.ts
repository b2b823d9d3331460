import type { upload as english } from '../en/upload';

export const upload: Record<keyof typeof english, string> = {
  upload: '업로드',
  uploads: '업로드',
  'upload.files': '파일 선택',
  'upload.folder': '폴더 선택',
  'upload.drop': '여기에 놓아 업로드',
  'upload.unreadable': '끌어다 놓은 항목을 브라우저가 읽지 못했습니다',
  'upload.running': '{total}개 중 {done}개 업로드됨',
  'upload.done': '{count}개 업로드 완료',
  'upload.withProblems': '{count}개를 업로드하지 못했습니다',
  'upload.bytes': '{total} 중 {sent}',
  'upload.more': '외 {count}개',
  'upload.retry': '{count}개 다시 시도',
  'upload.waiting': '대기 중',
  'upload.added': '업로드됨',
  'upload.cancelled': '취소됨',
  'upload.alreadyThere': '이미 타임라인에 있음',
  'upload.inTrash': '이미 있지만 휴지통에 있음',
  'upload.bringBack': '되살리기',
};
