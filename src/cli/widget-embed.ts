import { AftercareError } from '../tools/errors';

/** What the script tag is made from. */
export interface EmbedDeps {
  /** The address that patients use; null when no setting gives one. */
  readonly publicUrl: string | null;
  readonly launcher: { readonly version: string; readonly integrity: string };
  readonly clinics: readonly {
    readonly id: string;
    readonly name: string;
    readonly phone: string;
    readonly origins?: readonly string[] | undefined;
  }[];
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Prints the script tag of each clinic, pinned to today's launcher by its hash, and what its site's policy must allow. */
export function runWidgetEmbed({ publicUrl, launcher, clinics }: EmbedDeps, print: (line: string) => void): number {
  if (publicUrl === null)
    throw new AftercareError('CONFIG_INVALID', 'Printing the script tag failed: expected PUBLIC_URL, the address that patients use.');
  const address = publicUrl.replace(/\/+$/, '');
  for (const { id, name, phone, origins = [] } of clinics) {
    print(
      `<!-- ${name.replaceAll('--', '- -')}: before </body>, on ${origins.join(', ') || 'no site yet: list some under origins in the clinic file'} -->`,
    );
    print(
      `<script src="${address}/widget/${launcher.version}.js" integrity="${launcher.integrity}" crossorigin="anonymous" defer` +
        ` data-clinic="${attribute(id)}" data-phone="${attribute(phone)}" data-color="#1f5b55" data-position="right"></script>`,
    );
  }
  print(`A site with a Content-Security-Policy adds: script-src ${new URL(address).origin}; frame-src ${new URL(address).origin}`);
  return 0;
}
