import type { picture as english } from '../en/picture';

export const picture: Record<keyof typeof english, string> = {
  'viewer.photo': '사진',
  'viewer.unplayable': '이 브라우저에서 재생할 수 없는 동영상입니다.',
  'viewer.previous': '더 최근 사진',
  'viewer.next': '더 오래된 사진',
  'viewer.back': '뒤로',
  'viewer.processing': '아직 준비 중인 사진입니다.',
  'viewer.failed': '파일은 안전하지만 사진으로 표시할 수 없습니다.',
  'viewer.downloadInstead': '원본 다운로드',
  info: '정보',
  'info.description': '설명',
  'info.addDescription': '설명 추가',
  'info.time': '촬영',
  'info.file': '파일',
  'info.camera': '카메라',
  'info.place': '장소',
  'info.openMap': '지도에서 열기',
  'info.digest': 'SHA-256',
  'info.megapixels': '{count}MP',
  'info.altitude': '해발 {metres}m',
};
