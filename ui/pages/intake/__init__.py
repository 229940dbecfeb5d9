"""从文件识别: paste or open an official text, review what it proposes, write it as one deed."""
