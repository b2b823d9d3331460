import type { MessageKey } from './en';
import { administration } from './ko/administration';
import { album } from './ko/album';
import { common } from './ko/common';
import { editor } from './ko/editor';
import { locked } from './ko/locked';
import { member } from './ko/member';
import { navigation } from './ko/navigation';
import { picture } from './ko/picture';
import { problems } from './ko/problems';
import { receipt } from './ko/receipt';
import { search } from './ko/search';
import { settings } from './ko/settings';
import { shelf } from './ko/shelf';
import { timeline } from './ko/timeline';
import { trash } from './ko/trash';
import { upload } from './ko/upload';
import { viewing } from './ko/viewing';

export const ko: Record<MessageKey, string> = {
  ...administration,
  ...album,
  ...common,
  ...editor,
  ...locked,
  ...member,
  ...navigation,
  ...picture,
  ...problems,
  ...receipt,
  ...search,
  ...settings,
  ...shelf,
  ...timeline,
  ...trash,
  ...upload,
  ...viewing,
};
