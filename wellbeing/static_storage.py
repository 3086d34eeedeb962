"""Static files with a digest in their name, the imports of ES modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Rewrites `import … from` too, for the front-end bundles are modules."""

    support_js_module_import_aggregation = True
