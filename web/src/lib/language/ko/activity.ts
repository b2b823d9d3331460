import type { activity as english } from '../en/activity';

export const activity: Record<keyof typeof english, string> = {
  underWay: '진행 중인 작업',
  'underWay.line': '작업 {count}개 진행 중',
  'underWay.pictures': '사진 {count}개를 준비하는 중',
  'underWay.videos': '동영상 {count}개를 재생할 수 있게 만드는 중',
  'underWay.edits': '편집 {count}개를 만드는 중',
  'underWay.facts': '파일 {count}개를 다시 읽는 중',
  'underWay.archive': '라이브러리를 다운로드하는 중',
  'underWay.atLeast': '최소 {text}',
  'underWay.text': '그동안 다른 일을 하거나 이 페이지를 닫아도 됩니다.',
  'underWay.troubles': '확인이 필요한 파일 {count}개',
  'underWay.trouble.edit': '편집을 만들지 못했습니다. 이전 모습은 그대로 있으니 열어서 다시 편집하세요.',
  'underWay.again': '다시 시도',
  'underWay.againAbout': '다시 시도: {name}',
  'underWay.asked': '다시 시도하고 있습니다',
  'underWay.dismiss': '확인했습니다',
};
