// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/settings.h"
#include "ui/charts/exportdialog.h"
#include "ui/session/inlinenote.h"

#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

ExportedChart chart()
{
    ExportedChart chart;
    chart.title = u"train/loss: a?"_s;
    chart.x.title = u"step"_s;
    chart.y.title = chart.title;
    ExportedLine line;
    line.name = u"run"_s;
    line.exact = std::make_shared<const Series>(std::vector<double>(), std::vector<double>{1, 2, 3});
    line.drawn = {line.exact, Qt::blue, Qt::SolidLine, 1.5, 1};
    chart.lines = {line};
    chart.view = {0, 2, 0, 4};
    return chart;
}

template<class T>
T *named(const QWidget &dialog, const QString &name)
{
    for (T *widget : dialog.findChildren<T *>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

} // namespace

class TestExportDialog : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { m_settings.reset(); }
    void init()
    {
        QVERIFY(m_folder.isValid());
        QFile::remove(m_folder.filePath(u"settings.conf"_s));
        m_settings = std::make_unique<Settings>(m_folder.filePath(u"settings.conf"_s));
        m_settings->exportFolder.set(m_folder.path());
    }

    void writesWhatIsChosenByKeys()
    {
        ExportDialog dialog(chart(), {640, 400}, *m_settings, nullptr);
        dialog.show();
        QCOMPARE(dialog.path(), m_folder.filePath(u"train-loss- a-.png"_s));
        auto *format = named<QComboBox>(dialog, u"Format"_s);
        format->setFocus();
        QTest::keyClicks(format, u"CSV"_s);
        QCOMPARE(dialog.path(), m_folder.filePath(u"train-loss- a-.csv"_s));
        QVERIFY(named<QComboBox>(dialog, u"Points"_s)->isVisible());
        QVERIFY(!named<QSpinBox>(dialog, u"Width"_s)->isVisible());
        auto *rows = named<QComboBox>(dialog, u"Rows"_s);
        rows->setFocus();
        QTest::keyClick(rows, Qt::Key_Down);
        const QSignalSpy exported(&dialog, &ExportDialog::exported);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QTRY_COMPARE(exported.size(), 1);
        QFile file(exported.first().first().toString());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("step,run\n0,1\n1,2\n2,3\n"));
    }

    void remembersChoices()
    {
        {
            ExportDialog dialog(chart(), {640, 400}, *m_settings, nullptr);
            dialog.show();
            named<QLineEdit>(dialog, u"File"_s)->setText(m_folder.filePath(u"picture.svg"_s));
            QCOMPARE(dialog.options().format, ExportOptions::Format::Svg);
            named<QComboBox>(dialog, u"Resolution"_s)->setCurrentIndex(0);
            named<QSpinBox>(dialog, u"Width"_s)->setValue(800);
            named<QLineEdit>(dialog, u"File"_s)->setText(m_folder.filePath(u"picture.png"_s));
            const QSignalSpy exported(&dialog, &ExportDialog::exported);
            for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
                if (button->text() == u"Export")
                    QTest::mouseClick(button, Qt::LeftButton);
            }
            QTRY_COMPARE(exported.size(), 1);
            QCOMPARE(QImage(m_folder.filePath(u"picture.png"_s)).size(), QSize(800, 750));
        }
        const ExportDialog again(chart(), {300, 300}, *m_settings, nullptr);
        QCOMPARE(again.options().size, QSize(800, 750));
        QCOMPARE(again.options().dpi, 96);
        QCOMPARE(again.path(), m_folder.filePath(u"train-loss- a-.png"_s));
    }

    void saysWhyItFailedAndStaysOpen()
    {
        ExportDialog dialog(chart(), {640, 400}, *m_settings, nullptr);
        dialog.show();
        auto *path = named<QLineEdit>(dialog, u"File"_s);
        const auto *note = dialog.findChild<InlineNote *>();
        path->setText(m_folder.filePath(u"missing/picture.png"_s));
        const QSignalSpy exported(&dialog, &ExportDialog::exported);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QTRY_VERIFY(note->text().contains(u"could not be written"));
        QVERIFY(dialog.isVisible());
        QVERIFY(exported.isEmpty());
        path->setText(u"picture.png"_s);
        QCOMPARE(note->text(), u"Type the whole path of a file."_s);
        path->setText(m_folder.path());
        QCOMPARE(note->text(), u"This is a folder. Add the name of a file."_s);
    }

    void showsAPreview()
    {
        ExportDialog dialog(chart(), {640, 400}, *m_settings, nullptr);
        dialog.show();
        const auto *preview = named<QLabel>(dialog, u"Preview"_s);
        QTRY_VERIFY(!preview->pixmap(Qt::ReturnByValue).isNull());
        const QImage picture = preview->pixmap(Qt::ReturnByValue).toImage();
        QVERIFY(picture.width() <= preview->width() && picture.height() <= preview->height());
        QCOMPARE(picture.pixelColor(picture.width() - 2, picture.height() - 2), QColor(Qt::white)); // all of it is there
    }

    void everyFieldHasAName()
    {
        ExportDialog dialog(chart(), {640, 400}, *m_settings, nullptr);
        for (const QWidget *field : dialog.findChildren<QWidget *>()) {
            if (qobject_cast<const QComboBox *>(field) || qobject_cast<const QSpinBox *>(field)
                || (qobject_cast<const QLineEdit *>(field) && field->parentWidget()->accessibleName().isEmpty()))
                QVERIFY2(!field->accessibleName().isEmpty(), field->metaObject()->className());
        }
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
};

QTEST_MAIN(TestExportDialog)
#include "tst_exportdialog.moc"
