import { activity } from './en/activity';
import { administration } from './en/administration';
import { album } from './en/album';
import { common } from './en/common';
import { editor } from './en/editor';
import { locked } from './en/locked';
import { member } from './en/member';
import { navigation } from './en/navigation';
import { picture } from './en/picture';
import { problems } from './en/problems';
import { receipt } from './en/receipt';
import { search } from './en/search';
import { settings } from './en/settings';
import { shelf } from './en/shelf';
import { storage } from './en/storage';
import { timeline } from './en/timeline';
import { trash } from './en/trash';
import { upload } from './en/upload';
import { viewing } from './en/viewing';

/** Every text of the app in English, a file per part of it; `ko.ts` has the same keys. */
export const en = {
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

export type MessageKey = keyof typeof en;
