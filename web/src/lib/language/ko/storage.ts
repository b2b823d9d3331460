import type { storage as english } from '../en/storage';

export const storage: Record<keyof typeof english, string> = {
  'storage.open': '저장 공간 사용 내역',
  'storage.settings': '무엇이 공간을 차지하는지, 어떤 파일이 가장 큰지 확인하세요.',
  'storage.left': '{size} 남음',
  'storage.nearlyFull': '저장 공간이 거의 찼습니다. 휴지통을 비우거나 아래에서 큰 파일을 확인하세요.',
  'storage.full': '저장 공간이 가득 찼습니다. 영구 삭제하기 전에는 더 올릴 수 없습니다.',
  'storage.sorts': '종류별',
  'storage.photos': '사진',
  'storage.videos': '동영상',
  'storage.raws': 'RAW 파일',
  'storage.trash': '휴지통',
  'storage.other': '사진 정보 파일',
  'storage.reserved': '올리는 중',
  'storage.fileCount': '파일 {count}개',
  'storage.emptied': '휴지통을 비웠습니다',
  'storage.largest': '큰 파일',
  'storage.largest.text': '휴지통으로 옮긴 파일은 영구 삭제될 때까지 공간을 차지합니다.',
  'storage.largest.list': '큰 파일, 큰 순서대로',
  'storage.none.title': '아직 차지하는 공간이 없습니다',
  'storage.none.text': '파일을 올리면 큰 파일부터 여기에 표시됩니다.',
  'storage.more': '파일 더 보기',
};
