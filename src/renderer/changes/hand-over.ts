import { useMutation } from '@tanstack/react-query';
import { DeskError } from '../../shared/errors';
import { api } from '../link/api';

/** Bytes of a part: in Base64 it is below what a door takes of one call. */
const partBytes = 3 << 20;

const base64Of = (part: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(part);
  });

/** Hands a file over to the core, part by part; its id there. Throws `import.unreadable` for an empty one. */
const handOver = async (file: File): Promise<string> => {
  if (file.size === 0) throw new DeskError('import.unreadable', { where: file.name });
  const begun = await api.imports.begin.mutate({ name: file.name.slice(0, 255), bytes: file.size });
  for (let offset = 0; offset < file.size; offset += partBytes)
    await api.imports.part.mutate({
      file: begun.file,
      offset,
      data: await base64Of(file.slice(offset, offset + partBytes)),
    });
  return begun.file;
};

/** Hands over a file that was chosen in the place of the one before it. */
export const useHandOver = (onHanded: (file: string, name: string) => void) =>
  useMutation({
    mutationFn: async ({ file, before }: { file: File; before: string | null }) => {
      if (before !== null) await api.imports.drop.mutate({ file: before });
      return handOver(file);
    },
    onSuccess: (handed, { file }) => onHanded(handed, file.name),
  });
