import { providerOf } from '@/lib/chat/model-info';
import { turnMenuStrings } from '@/lib/chat/strings/turn-menu';
import type { Turn } from '@/lib/chat/turn';
import { retryTurn } from '@/lib/client/actions';
import { useModels } from '@/lib/client/hooks';
import { Menu } from '../../ui/menu/menu';
import type { MenuFrame } from '../../ui/menu/menu-button';
import { useLanguage } from '../../use-strings';

interface ModelsMenuProps {
  turn: Turn;
}

/** The models that can regenerate this reply, by provider; for a message with images, only models that see. */
export function ModelsMenu({ anchor, id, close, turn }: ModelsMenuProps & MenuFrame) {
  const strings = turnMenuStrings(useLanguage());
  const { models } = useModels();
  const hasImages = turn.user.images.length > 0;
  const usable = models.filter(({ vision }) => vision || !hasImages);
  const groups = [...new Set(usable.map(providerOf))].map((provider) => ({
    label: provider,
    items: usable
      .filter((model) => providerOf(model) === provider)
      .map((model) => ({
        label: model.name,
        note: model.id === turn.reply.model ? strings.currentModel : undefined,
        run: () => void retryTurn(turn.id, model.id),
      })),
  }));
  return (
    <Menu
      anchor={anchor}
      id={id}
      label={strings.otherModels}
      groups={groups}
      emptyText={hasImages ? strings.noOtherVisionModel : strings.noOtherModel}
      close={close}
    />
  );
}
