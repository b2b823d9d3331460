import type { MessageKey } from './en';
import { activity } from './ko/activity';
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
import { storage } from './ko/storage';
import { timeline } from './ko/timeline';
import { trash } from './ko/trash';
import { upload } from './ko/upload';
import { viewing } from './ko/viewing';

export const ko: Record<MessageKey, string> = {
  ...activity,
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
  ...storage,
  ...timeline,
  ...trash,
  ...upload,
  ...viewing,
};
