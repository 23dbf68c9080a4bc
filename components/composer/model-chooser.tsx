import { type ModelInfo, providerOf } from '@/lib/chat/model-info';
import { Icon } from '../ui/icon';
import { useStrings } from '../use-strings';
import styles from './model-chooser.module.css';

interface ModelChooserProps {
  models: readonly ModelInfo[];
  /** `provider:model` of the model that will reply. */
  chosen: string | null;
  choose: (modelId: string) => void;
}

/** The model that will reply. A native select works best on phones, with the keyboard and in screen readers. */
export function ModelChooser({ models, chosen, choose }: ModelChooserProps) {
  const { composer } = useStrings();
  const shown = models.find((model) => model.id === chosen);
  const providers = [...new Set(models.map(providerOf))];
  if (models.length === 0) return <span />;

  return (
    <label className={styles.chooser}>
      <span className={styles.name} aria-hidden="true">
        {shown?.name ?? composer.noModels}
      </span>
      <Icon name="chevron-down" size={15} />
      <select
        aria-label={composer.model}
        value={shown?.id ?? ''}
        onChange={(event) => choose(event.target.value)}
      >
        {!shown && <option value="">{composer.noModels}</option>}
        {providers.map((provider) => (
          <optgroup key={provider} label={provider}>
            {models
              .filter((model) => providerOf(model) === provider)
              .map((model) => (
                <option key={model.id} value={model.id}>
                  {model.name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
